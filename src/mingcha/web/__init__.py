"""The frame every page lives in: layout, components, registers, access, next steps. No models."""
