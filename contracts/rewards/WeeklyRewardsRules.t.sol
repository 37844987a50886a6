// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TestBase} from "../test/TestBase.t.sol";
import {
    POINTS_PER_LEVEL,
    WEEK,
    limitOfWeek,
    lockLevel,
    lockTerm,
    streakAfterMisses,
    streakLevel
} from "./WeeklyRewardsRules.sol";

/// @dev The rules against published figures, and against the plain definitions, week by week.
contract WeeklyRewardsRulesTest is TestBase {
    uint256 private constant FIRST = 1_105_000e18;

    /// Source: DIP-2: a week of seven days of 86,400 seconds; 1,000 points for each level.
    function test_AWeekHasSevenDaysAndALevelAThousandPoints() external pure {
        vm.assertEq(WEEK, 604_800);
        vm.assertEq(POINTS_PER_LEVEL, 1_000);
    }

    /// Source: DIP-2 and DIP-6, amendment 1: 260,264,270 tokens over 364 weeks.
    function test_TheIssueOf364WeeksIsTheAllocationToTheToken() external pure {
        uint256 sum;
        for (uint256 week = 0; week < 364; ++week) sum += limitOfWeek(FIRST, week);
        vm.assertEq(sum / 1e18, 260_264_270);
        vm.assertEq(limitOfWeek(FIRST, 364), 0);
        vm.assertEq(limitOfWeek(FIRST, type(uint256).max), 0);
    }

    /// Expected numbers: 1,105,000 x 0.85 and x 0.85^6, by hand.
    function test_TheLimitTurnsWithTheYear() external pure {
        vm.assertEq(limitOfWeek(FIRST, 0), FIRST);
        vm.assertEq(limitOfWeek(FIRST, 51), FIRST);
        vm.assertEq(limitOfWeek(FIRST, 52), 939_250e18);
        vm.assertEq(limitOfWeek(FIRST, 103), 939_250e18);
        vm.assertEq(limitOfWeek(FIRST, 104), 798_362.5e18);
        vm.assertEq(limitOfWeek(FIRST, 363), 416_750.214765625e18);
    }

    /// Expected numbers: 101 -> 85.85 -> 72.25 of the cut 85 -> 61.2 of the cut 72, and not 101 x 0.85^3 = 62.03.
    function test_EachYearIsCutToWholeUnits() external pure {
        vm.assertEq(limitOfWeek(101, 52), 85);
        vm.assertEq(limitOfWeek(101, 104), 72);
        vm.assertEq(limitOfWeek(101, 156), 61);
    }

    function testFuzz_TheLimitIsTheYearBeforeTimes85By100(uint256 first, uint256 week) external pure {
        first = _bound(first, 0, type(uint112).max);
        week = _bound(week, 52, 363);
        vm.assertEq(limitOfWeek(first, week), limitOfWeek(first, week - 52) * 85 / 100);
    }

    /// Source: DIP-2: levels at 0, 4, 21 and 36 weeks.
    function test_StreakLevelsBeginWhereTheyWerePublished() external pure {
        vm.assertEq(streakLevel(0), 0);
        vm.assertEq(streakLevel(3), 0);
        vm.assertEq(streakLevel(4), 1);
        vm.assertEq(streakLevel(20), 1);
        vm.assertEq(streakLevel(21), 2);
        vm.assertEq(streakLevel(35), 2);
        vm.assertEq(streakLevel(36), 3);
        vm.assertEq(streakLevel(364), 3);
    }

    /// Source: amendment 4 of DIP-2, terms by the published earnings boost contract.
    function test_LocksAreWorthWhatWasPublished() external pure {
        vm.assertEq(lockLevel(0), 0);
        vm.assertEq(lockLevel(500e18 - 1), 0);
        vm.assertEq(lockLevel(500e18), 1);
        vm.assertEq(lockLevel(1_500e18 - 1), 1);
        vm.assertEq(lockLevel(1_500e18), 2);
        vm.assertEq(lockLevel(4_000e18 - 1), 2);
        vm.assertEq(lockLevel(4_000e18), 3);
        vm.assertEq(lockTerm(1), 180 days);
        vm.assertEq(lockTerm(2), 365 days);
        vm.assertEq(lockTerm(3), 730 days);
    }

    function test_EveryThirdMissedWeekDropsALevel() external pure {
        vm.assertEq(streakAfterMisses(40, 2), 40);
        vm.assertEq(streakAfterMisses(40, 3), 21);
        vm.assertEq(streakAfterMisses(40, 5), 21);
        vm.assertEq(streakAfterMisses(40, 6), 4);
        vm.assertEq(streakAfterMisses(40, 9), 0);
        vm.assertEq(streakAfterMisses(40, 300), 0);
        vm.assertEq(streakAfterMisses(20, 3), 0);
        vm.assertEq(streakAfterMisses(3, 2), 3);
        vm.assertEq(streakAfterMisses(3, 3), 0);
    }

    /// The definition, one week after the other: at every third consecutive miss the streak becomes the first week of
    /// the level below.
    function testFuzz_MissesAreAsCountedWeekByWeek(uint256 streak, uint256 missed) external pure {
        streak = _bound(streak, 0, 364);
        missed = _bound(missed, 0, 364);
        uint8[4] memory begins = [0, 4, 21, 36];
        uint256 expected = streak;
        for (uint256 miss = 1; miss <= missed; ++miss) {
            if (miss % 3 != 0) continue;
            uint256 level = 3;
            while (expected < begins[level]) --level;
            expected = begins[level == 0 ? 0 : level - 1];
        }
        vm.assertEq(streakAfterMisses(streak, missed), expected);
    }
}
