"""Whatever people, files, servers and environments may come up with: one sentence, an exit code, and no secret."""
