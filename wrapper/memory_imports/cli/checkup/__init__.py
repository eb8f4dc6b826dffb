"""What `doctor` looks at, a module for each area. A check says what it found and what to do, and changes nothing."""
