using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Catalogue;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Adverts;

/// <summary>Checks what an import says of an advert.</summary>
internal static class AdvertReader
{
    /// <summary>Longest name of a campaign, in characters.</summary>
    public const int MaxCampaignLength = 200;

    /// <summary>The most that one may be chosen beside others.</summary>
    public const int MaxWeight = 1_000;

    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>Reads it; its title is that of the tags.</summary>
    /// <exception cref="NewTrackException">Something in it is missing, too long, or does not agree.</exception>
    public static Advert Read(AdvertTerms terms, string title)
    {
        var campaign = ComposedText.Of(PlainText.Of(terms.Campaign)).Trim();
        Require(campaign.Length is > 0 and <= MaxCampaignLength, "The campaign has no name, or one that is too long.");
        Require(terms.Weight is >= 0 and <= MaxWeight, $"The weight must be 1 to {MaxWeight}.");
        Require(
            terms.FromUnixMs is >= 0 and <= LastMillisecond && terms.UntilUnixMs is >= 0 and <= LastMillisecond,
            "The days of the advert are out of range.");
        var ends = terms.UntilUnixMs == 0 ? LastMillisecond : terms.UntilUnixMs;
        Require(terms.FromUnixMs < ends, "The advert is over before it begins.");
        return new Advert
        {
            Title = title,
            Campaign = campaign,
            Countries = [.. terms.Countries.Select(ReadCountry).Distinct(StringComparer.Ordinal)],
            Begins = DateTimeOffset.FromUnixTimeMilliseconds(terms.FromUnixMs),
            Ends = DateTimeOffset.FromUnixTimeMilliseconds(ends),
            Weight = Math.Max(1, terms.Weight),
        };
    }

    private static string ReadCountry(string typed)
    {
        Require(CountryCodes.TryRead(typed, out var country), "An advert is for countries, each by its two letters.");
        return country;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new NewTrackException(otherwise);
    }
}
