"""抽查: draws that are sealed before the random value exists and that anyone can repeat afterwards."""
