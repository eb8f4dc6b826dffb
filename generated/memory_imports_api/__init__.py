"""A client library for accessing Memory Imports"""
