"""The demo county: everything in it is made up."""
