"""The pages of basics that are not register pages."""
