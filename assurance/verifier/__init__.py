"""An independent verifier of a deployment in JavaScript, on ethers, and its start from here."""
