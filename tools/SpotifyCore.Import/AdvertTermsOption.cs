using System.Globalization;
using SpotifyCore.Contracts;

namespace SpotifyCore.Import;

/// <summary>What the command line says of adverts.</summary>
/// <param name="Campaign">Of which campaign they are; null where music is imported.</param>
internal sealed record AdvertTermsOption(string? Campaign)
{
    private const string DayForm = "yyyy-MM-dd";
    private const int MostWeight = 1_000;

    /// <summary>How often they are chosen beside others, as it was typed; null for once.</summary>
    public required string? Weight { get; init; }

    /// <summary>Where they are heard, each country by its two letters; everywhere where none is named.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>The first day, as it was typed.</summary>
    public required string? From { get; init; }

    /// <summary>The last day, as it was typed.</summary>
    public required string? Until { get; init; }

    /// <summary>Why it can't be so, in a sentence; null where it can.</summary>
    public static string? WhyNot(AdvertTermsOption terms) => terms switch
    {
        { Campaign: null } => terms.Countries.Count > 0 || terms.From is not null || terms.Until is not null || terms.Weight is not null
            ? "--country, --from, --until and --weight are for --advert CAMPAIGN."
            : null,
        { Campaign: "" } => "--advert needs the name of a campaign.",
        _ when terms.WeightNumber is < 1 or > MostWeight =>
            $"'{terms.Weight}' is not 1 to {MostWeight}, which --weight takes.",
        _ when terms.Countries.FirstOrDefault(static code => !IsCode(code)) is { } none =>
            $"'{none}' is no country, as SE is one, which --country takes.",
        _ when !TryReadDay(terms.From, out _) => $"'{terms.From}' is no day, as 2026-12-24 is one, which --from takes.",
        _ when !TryReadDay(terms.Until, out _) => $"'{terms.Until}' is no day, as 2026-12-24 is one, which --until takes.",
        _ when terms.FirstDay is { } first && terms.LastDay < first => "--until is before --from.",
        _ => null,
    };

    /// <summary>As the access point is told; null where music is imported.</summary>
    public AdvertTerms? ToMessage() => Campaign is null ? null : new AdvertTerms
    {
        Campaign = Campaign,
        Countries = { Countries },
        FromUnixMs = FirstDay?.ToUnixTimeMilliseconds() ?? 0,
        UntilUnixMs = LastDay?.AddDays(1).ToUnixTimeMilliseconds() ?? 0,
        Weight = WeightNumber,
    };

    private int WeightNumber => Weight is null ? 1
        : int.TryParse(Weight, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private DateTimeOffset? FirstDay => TryReadDay(From, out var day) ? day : null;

    private DateTimeOffset? LastDay => TryReadDay(Until, out var day) ? day : null;

    private static bool IsCode(string code) => code.Length == 2 && code.All(char.IsAsciiLetter);

    private static bool TryReadDay(string? typed, out DateTimeOffset? day)
    {
        day = null;
        if (typed is null)
            return true;
        if (!DateTime.TryParseExact(typed, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal
            | DateTimeStyles.AdjustToUniversal, out var read) || read.Year is < 1971 or > 9998)
            return false;

        day = new DateTimeOffset(read, TimeSpan.Zero);
        return true;
    }
}
