"""What differs between systems: screens, keyboard layouts, required packages."""
