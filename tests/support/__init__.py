"""What the tests share: a world to run flows in, a server to talk to, a tape of what was said."""
