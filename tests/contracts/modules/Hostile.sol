// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// What a module must not be: it reverts, loops, lies in events, calls back, takes ether, makes and becomes others.
contract Hostile {
    string public note;
    uint256 private _turns;

    event ConsentWithdrawn(address indexed consent, address indexed carrier);
    event Amount(uint256 pence, string payee);
    event Hidden(bytes32 data) anonymous;

    receive() external payable {}

    fallback() external payable {}

    function pay(string calldata payee) external payable {
        note = payee;
        emit Amount(msg.value, payee);
    }

    function refuse() external pure {
        revert("no");
    }

    function loop() external {
        while (true) _turns++;
    }

    function lie(address consent) external {
        emit ConsentWithdrawn(consent, msg.sender);
        emit Hidden(bytes32(0));
    }

    function callBack(address to, bytes calldata data) external returns (bool done) {
        (done, ) = to.call(data);
    }

    function become(address other, bytes calldata data) external returns (bool done) {
        (done, ) = other.delegatecall(data);
    }

    function make() external returns (address made) {
        made = address(new Made());
    }

    function end() external {
        selfdestruct(payable(msg.sender));
    }

    function isLive(address) external view returns (bool) {
        assembly {
            mstore(0, sload(0))
        }
        return true;
    }
}

contract Made {}
