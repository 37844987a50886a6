// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// The arithmetic of {WeeklyRewards}: issue by week, points by streak and by lock. Pure functions of published figures
/// of DIMO: DIP-2 (issue, streaks) with its amendments 1 (364 weeks) and 4 (locks), the limit as `Reward.sol` truncates
/// it, the streaks as the rewards service counts them, the terms of locks as the earnings boost contract sets them.

/// @dev Seconds in a week, weeks in a year of the issue, and weeks in which there is an issue at all.
uint256 constant WEEK = 7 days;
uint256 constant WEEKS_PER_YEAR = 52;
uint256 constant WEEKS = 364;

/// @dev Consecutive missed weeks that cost one streak level.
uint256 constant MISSES_PER_LEVEL = 3;

/// @dev Streak levels 0 to 3: the weeks each begins at; a level is worth 1,000 points a week times its number.
uint256 constant STREAK_1 = 4;
uint256 constant STREAK_2 = 21;
uint256 constant STREAK_3 = 36;

/// @dev Lock levels 1 to 3: base units of a token of 18 decimals, and the seconds they are locked for.
uint256 constant LOCK_1 = 500e18;
uint256 constant LOCK_2 = 1_500e18;
uint256 constant LOCK_3 = 4_000e18;
uint256 constant TERM_1 = 180 days;
uint256 constant TERM_2 = 365 days;
uint256 constant TERM_3 = 730 days;

/// @dev Points a week that one level of streak or lock adds.
uint256 constant POINTS_PER_LEVEL = 1_000;

/// @dev Base units issued in `week`: 15 % less each year, cut to a whole base unit at each year's turn; zero from week
/// 364 on. At most six steps. `firstWeekLimit` must be below 2^249.
function limitOfWeek(uint256 firstWeekLimit, uint256 week) pure returns (uint256 limit) {
    if (week >= WEEKS) return 0;
    limit = firstWeekLimit;
    for (uint256 year = week / WEEKS_PER_YEAR; year > 0; --year) limit = limit * 85 / 100;
}

/// @dev The streak level, 0 to 3, of `streak` connected weeks.
function streakLevel(uint256 streak) pure returns (uint256) {
    if (streak >= STREAK_3) return 3;
    if (streak >= STREAK_2) return 2;
    return streak >= STREAK_1 ? 1 : 0;
}

/// @dev The streak, in weeks, that is left of `streak` after `missed` consecutive weeks without connection: every third
/// one drops a level, down to the weeks that level begins at. Level 0 begins at none, so there the streak is lost.
function streakAfterMisses(uint256 streak, uint256 missed) pure returns (uint256) {
    uint256 drops = missed / MISSES_PER_LEVEL;
    if (drops == 0) return streak;
    uint256 level = streakLevel(streak);
    if (level <= drops) return 0;
    return level - drops == 2 ? STREAK_2 : STREAK_1;
}

/// @dev The lock level, 0 to 3, of `amount` base units.
function lockLevel(uint256 amount) pure returns (uint256) {
    if (amount >= LOCK_3) return 3;
    if (amount >= LOCK_2) return 2;
    return amount >= LOCK_1 ? 1 : 0;
}

/// @dev Seconds for which a lock of `level`, 1 to 3, runs.
function lockTerm(uint256 level) pure returns (uint256) {
    if (level == 3) return TERM_3;
    return level == 2 ? TERM_2 : TERM_1;
}
