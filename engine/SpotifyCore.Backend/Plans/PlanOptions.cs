using System.ComponentModel;

namespace SpotifyCore.Backend.Plans;

/// <summary>What plans are like at this access point.</summary>
public sealed class PlanOptions
{
    /// <summary>Countries in which who pays nothing may not listen, ISO 3166-1 alpha-2; none unless set.</summary>
    [Description("Countries in which there is no Free plan, each by its two letters.")]
    public string[] CountriesWithoutFree { get; set; } = [];

    /// <summary>
    /// For how long a subscription holds that is to be renewed and was not yet: 0 to 14 days; 1 day unless set.
    /// </summary>
    [Description("How long a plan holds whose renewal is late, 0 to 14d; not one that was cancelled.")]
    public TimeSpan RenewalGrace { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// After how much listening an advert is due on plans that have them: nothing for never, to 1 day; 15 minutes unless set.
    /// </summary>
    [Description("After how much listening an advert is due on plans that have them, 0 (never) to 1d.")]
    public TimeSpan AdvertEvery { get; set; } = TimeSpan.FromMinutes(15);
}
