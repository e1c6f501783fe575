"""一单两库: the firms that may be inspected, the people who may inspect, and who must stand aside."""
