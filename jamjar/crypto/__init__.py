"""Hashes, Merkle trees and sealing."""
