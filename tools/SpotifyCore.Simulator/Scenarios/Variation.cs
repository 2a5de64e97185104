using System.Globalization;
using SpotifyCore.Simulator.Listening;
using SpotifyCore.Simulator.Population;

namespace SpotifyCore.Simulator.Scenarios;

/// <summary>One assumption of the world, changed: to see what hangs on it.</summary>
/// <param name="Name">Which.</param>
/// <param name="Value">Its value, or what it is multiplied by.</param>
internal sealed record Variation(string Name, double Value)
{
    private static readonly Dictionary<string, Func<WorldModel, double, WorldModel>> Known = new(StringComparer.Ordinal)
    {
        ["kept-share"] = static (model, value) => model with { KeptShare = value },
        ["reachable"] = static (model, value) => Of(model, model.Population with { Reachable = value }),
        ["caches"] = static (model, factor) => Of(
            model, model.Population with { CacheTracks = (int)(model.Population.CacheTracks * factor) }),
        ["filled"] = static (model, value) => Of(model, model.Population with { Filled = value }),
        ["uplinks"] = static (model, factor) => Lines(model, line => line with { Up = line.Up * factor }),
        ["downlinks"] = static (model, factor) => Lines(model, line => line with { Down = line.Down * factor }),
        ["line-delay"] = static (model, factor) => Lines(
            model, line => line with { RoundTrip = line.RoundTrip * factor }),
        ["catalogue"] = static (model, factor) => model with
        {
            Catalogue = model.Catalogue with { Tracks = (int)(model.Catalogue.Tracks * factor) },
        },
        ["exponent"] = static (model, value) => model with { Catalogue = model.Catalogue with { Exponent = value } },
        ["bursts"] = static (model, value) => Of(model, model.Listening with { BurstsPerDay = value }),
        ["idle-minutes"] = static (model, value) => Of(
            model, model.Listening with { MeanAfterglow = TimeSpan.FromMinutes(value) }),
        ["favourites"] = static (model, value) => Of(model, model.Listening with { FavouriteExponent = value }),
        ["late-skip-seconds"] = static (model, value) => Of(
            model, model.Listening with { MeanLateSkip = TimeSpan.FromSeconds(value) }),
    };

    /// <summary>What can be varied.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads name=value.</summary>
    public static bool TryParse(string text, out Variation variation)
    {
        variation = new Variation("", 0);
        var parts = text.Split('=', 2);
        if (parts.Length != 2 || !Known.ContainsKey(parts[0]))
            return false;

        if (!double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value <= 0)
            return false;

        variation = new Variation(parts[0], value);
        return true;
    }

    /// <summary>The model with the assumption changed.</summary>
    public WorldModel Apply(WorldModel model) => Known[Name](model, Value);

    private static WorldModel Of(WorldModel model, PopulationOptions population) =>
        model with { Population = population };

    private static WorldModel Of(WorldModel model, ListeningOptions listening) => model with { Listening = listening };

    private static WorldModel Lines(WorldModel model, Func<LineProfile, LineProfile> change) =>
        Of(model, model.Population with { Lines = [.. model.Population.Lines.Select(change)] });
}
