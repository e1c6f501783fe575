"""The pages of leads beside their register."""
