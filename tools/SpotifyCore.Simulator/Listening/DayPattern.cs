using SpotifyCore.Simulator.Chance;

namespace SpotifyCore.Simulator.Listening;

/// <summary>
/// How much is listened to by the time of day: a trough at 02:00, peaks at 9 to 10 and 18 to 19 (FACTS); the heights
/// between are assumed.
/// </summary>
internal static class DayPattern
{
    private static readonly double[] ByHour =
    [
        0.42, 0.28, 0.20, 0.23, 0.27, 0.34, 0.48, 0.66, 0.86, 1.00, 0.92, 0.84,
        0.81, 0.81, 0.83, 0.86, 0.93, 1.04, 1.16, 1.06, 0.95, 0.85, 0.74, 0.58,
    ];

    private static readonly double Highest = ByHour.Max();

    /// <summary>The level at a time of day, 1 being its highest; linear between the middles of the hours.</summary>
    public static double LevelAt(double hour)
    {
        var place = hour - 0.5;
        place -= 24 * Math.Floor(place / 24);
        var (before, share) = ((int)place, place - Math.Floor(place));
        var level = (ByHour[before % 24] * (1 - share)) + (ByHour[(before + 1) % 24] * share);
        return level / Highest;
    }

    /// <summary>Draws an hour of the day in proportion to the level.</summary>
    public static double Draw(Dice dice)
    {
        while (true)
        {
            var hour = dice.Between(0, 24);
            if (dice.Unit() < LevelAt(hour))
                return hour;
        }
    }
}
