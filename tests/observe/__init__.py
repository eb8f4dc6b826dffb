"""What those who look on get to see: telemetry, the log and its file."""
