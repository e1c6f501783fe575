"""What people type about inspections."""
