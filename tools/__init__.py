"""What the project uses on itself: translations, documentation, the wheel test."""
