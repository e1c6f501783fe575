"""The pages of campaigns beside their register."""
