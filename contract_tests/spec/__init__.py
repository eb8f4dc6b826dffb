"""Spec against spec, its reports and `adopt`, tested on a catalogue of pairs with names."""
