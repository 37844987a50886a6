// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {FalseToken} from "../test/FalseToken.sol";
import {FeeToken} from "../test/FeeToken.sol";
import {ReentrantToken} from "../test/ReentrantToken.sol";
import {TestBase} from "../test/TestBase.t.sol";
import {DataToken} from "../tokens/DataToken.sol";
import {ConstantProductPair} from "./ConstantProductPair.sol";
import {PairRouter} from "./PairRouter.sol";
import {IConstantProductPair} from "./interfaces/IConstantProductPair.sol";
import {IPairRouter} from "./interfaces/IPairRouter.sol";

/// @dev A pair that takes what it is paid, shows the reserves it was told to, and gives nothing.
contract LyingPair {
    address public immutable token0;
    address public immutable token1;

    constructor(address token0_, address token1_) {
        (token0, token1) = (token0_, token1_);
    }

    function getReserves() external pure returns (uint112, uint112, uint32) {
        return (1000e18, 1000e18, 0);
    }

    function swap(uint256, uint256, address, bytes calldata) external {}
}

contract PairRouterTest is TestBase {
    DataToken private _token;
    DataToken private _usd;
    PairRouter private _router;
    address private _pair;

    function setUp() external {
        _token = new DataToken("Data", "DATA");
        _usd = new DataToken("Dollar", "USD");
        _router = new PairRouter();
        _pair = _pairOf(_token, 1000e18, _usd, 1000e18);
        _fund(_token, ALICE);
        _fund(_usd, ALICE);
    }

    /// Source: floor(100 x 997 x 1000 / (1000 x 1000 + 100 x 997)) tokens, computed with whole numbers: O26.
    function test_BuyingPaysTheOtherTokenFromTheCaller() external {
        uint256 fetched = 90_661089388014913158;
        vm.assertEq(_router.quote(_pair, address(_usd), 100e18), fetched);
        vm.expectEmit(address(_usd));
        emit IERC20.Transfer(ALICE, _pair, 100e18);
        vm.expectEmit(address(_token));
        emit IERC20.Transfer(_pair, ALICE, fetched);
        vm.expectEmit(address(_router));
        emit IPairRouter.Bought(ALICE, _pair, address(_token), 100e18, fetched);
        vm.prank(ALICE);
        vm.assertEq(_router.buy(_pair, address(_token), 100e18, fetched), fetched);
        vm.assertEq(_token.balanceOf(ALICE), 1000e18 + fetched);
        vm.assertEq(_usd.balanceOf(ALICE), 900e18);
    }

    function test_SellingPaysTheTokenFromTheCaller() external {
        uint256 fetched = 90_661089388014913158;
        vm.assertEq(_router.quote(_pair, address(_token), 100e18), fetched);
        vm.expectEmit(address(_router));
        emit IPairRouter.Sold(ALICE, _pair, address(_token), 100e18, fetched);
        vm.prank(ALICE);
        vm.assertEq(_router.sell(_pair, address(_token), 100e18, 0), fetched);
        vm.assertEq(_usd.balanceOf(ALICE), 1000e18 + fetched);
        vm.assertEq(_token.balanceOf(ALICE), 900e18);
    }

    function test_LessThanAskedForIsNoTrade() external {
        uint256 fetched = 90_661089388014913158;
        bytes memory refusal = abi.encodeWithSelector(IPairRouter.OutputShort.selector, fetched, fetched + 1);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _router.buy(_pair, address(_token), 100e18, fetched + 1);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        _router.sell(_pair, address(_token), 100e18, fetched + 1);
    }

    function test_NothingFetchesNothing() external {
        vm.assertEq(_router.quote(_pair, address(_token), 0), 0);
        vm.expectRevert(abi.encodeWithSelector(IPairRouter.OutputShort.selector, 0, 0));
        vm.prank(ALICE);
        _router.sell(_pair, address(_token), 0, 0);
        address empty = address(new ConstantProductPair(address(_token), address(_usd)));
        vm.assertEq(_router.quote(empty, address(_token), 1e18), 0);
        vm.assertEq(_router.amountOutOf(1, 1, 0), 0);
        // Where there is nothing to price by, everything is not the answer, nor a division by nothing.
        vm.assertEq(_router.amountOutOf(5, 0, 7), 0);
        vm.assertEq(_router.amountOutOf(0, 0, 7), 0);
    }

    function test_ATokenOfAnotherPairIsRefused() external {
        bytes memory refusal = abi.encodeWithSelector(IPairRouter.NotInPair.selector, _pair, ALICE);
        vm.expectRevert(refusal);
        _router.quote(_pair, ALICE, 1);
        vm.expectRevert(refusal);
        _router.buy(_pair, ALICE, 1, 0);
        vm.expectRevert(refusal);
        _router.sell(_pair, ALICE, 1, 0);
    }

    function test_OnlyTheCallersTokensAreTaken() external {
        // Alice approved the router; Bob did not, and cannot spend her tokens.
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(_router), 0, 1e18)
        );
        vm.prank(BOB);
        _router.sell(_pair, address(_token), 1e18, 0);
    }

    function test_APairThatLiesTakesNothing() external {
        address pair = address(new LyingPair(address(_token), address(_usd)));
        vm.expectRevert(abi.encodeWithSelector(IPairRouter.OutputShort.selector, 0, 0));
        vm.prank(ALICE);
        _router.sell(pair, address(_token), 100e18, 0);
        vm.assertEq(_token.balanceOf(ALICE), 1000e18);
    }

    function test_AFeeOnWhatIsPaidIsTooLittleForThePair() external {
        FeeToken token = new FeeToken(100);
        address pair = _pairOf(token, 1000e18, _usd, 1000e18);
        _fund(token, ALICE);
        uint256 out = _router.quote(pair, address(token), 100e18);
        // 99 arrive where 100 were paid for.
        uint256 product = (uint256(1099e18) * 1000 - 99e18 * 3) * (1000e18 - out) * 1000;
        vm.expectRevert(abi.encodeWithSelector(IConstantProductPair.ProductFell.selector, product, 1e48));
        vm.prank(ALICE);
        _router.sell(pair, address(token), 100e18, 0);
    }

    function test_AFeeOnWhatIsReceivedCountsAgainstTheLeast() external {
        FeeToken token = new FeeToken(100);
        address pair = _pairOf(token, 1000e18, _usd, 1000e18);
        uint256 out = _router.quote(pair, address(_usd), 100e18);
        uint256 net = out - (out * 100 + 9_999) / 10_000;
        vm.expectRevert(abi.encodeWithSelector(IPairRouter.OutputShort.selector, net, out));
        vm.prank(ALICE);
        _router.buy(pair, address(token), 100e18, out);
        vm.prank(ALICE);
        vm.assertEq(_router.buy(pair, address(token), 100e18, net), net);
    }

    function test_ATokenThatReturnsFalseIsNoPayment() external {
        FalseToken token = new FalseToken();
        address pair = _pairOf(token, 1000e18, _usd, 1000e18);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        vm.prank(ALICE);
        _router.sell(pair, address(token), 100e18, 0);
    }

    /// A token may call back while the payment moves: it finds nothing paid yet that it could take.
    function test_ATokenThatCallsBackTakesNothing() external {
        ReentrantToken token = new ReentrantToken();
        address pair = _pairOf(token, 1000e18, _usd, 1000e18);
        _fund(token, ALICE);
        bool first = IConstantProductPair(pair).token0() == address(token);
        uint256 out = _router.quote(pair, address(token), 100e18);
        token.arm(pair, abi.encodeCall(IConstantProductPair.swap, (first ? 0 : out, first ? out : 0, BOB, "")));
        vm.prank(ALICE);
        vm.assertEq(_router.sell(pair, address(token), 100e18, out), out);
        vm.assertEq(token.calls(), 1);
        vm.assertFalse(token.succeeded());
        vm.assertEq(token.result(), abi.encodeWithSelector(IConstantProductPair.NoInput.selector));
        vm.assertEq(_usd.balanceOf(BOB), 0);
    }

    /// The most that the pair's fee rule allows, found by the rule itself: as much is given, and one unit more is not.
    function testFuzz_AQuoteIsTheMostThePairGives(uint256 x, uint256 y, uint256 amountIn) external view {
        x = _bound(x, 1, type(uint112).max);
        y = _bound(y, 1, type(uint112).max);
        amountIn = _bound(amountIn, 1, type(uint112).max);
        uint256 out = _router.amountOutOf(amountIn, x, y);
        vm.assertLt(out, y);
        uint256 paying = x * 1000 + amountIn * 997;
        vm.assertLe(x * y * 1000, paying * (y - out));
        vm.assertLt(paying * (y - out - 1), x * y * 1000);
    }

    function testFuzz_TradingThereAndBackLoses(uint256 x, uint256 y, uint256 amount) external {
        x = _bound(x, 1e6, 1e30);
        y = _bound(y, 1e6, 1e30);
        amount = _bound(amount, 1, 1000e18);
        address pair = _pairOf(_token, x, _usd, y);
        if (_router.quote(pair, address(_usd), amount) == 0) return;
        vm.prank(ALICE);
        uint256 bought = _router.buy(pair, address(_token), amount, 0);
        if (_router.quote(pair, address(_token), bought) == 0) return;
        vm.prank(ALICE);
        vm.assertLt(_router.sell(pair, address(_token), bought, 0), amount);
    }

    function _pairOf(DataToken one, uint256 x, DataToken other, uint256 y) private returns (address) {
        ConstantProductPair pair = new ConstantProductPair(address(one), address(other));
        one.mint(address(pair), x);
        other.mint(address(pair), y);
        pair.mint(address(this));
        return address(pair);
    }

    function _fund(DataToken token, address who) private {
        token.mint(who, 1000e18);
        vm.prank(who);
        token.approve(address(_router), type(uint256).max);
    }
}
