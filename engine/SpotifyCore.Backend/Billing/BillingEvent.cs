using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing;

/// <summary>Something that an operator or a provider says of a subscription.</summary>
/// <param name="Id">Names it: one that is said again changes nothing.</param>
/// <param name="Kind">What is said.</param>
/// <param name="Happened">When it happened; events count in that order, however they come.</param>
internal sealed record BillingEvent(string Id, BillingEventKind Kind, DateTimeOffset Happened)
{
    /// <summary>The subscription; empty of a refund, which names the payment.</summary>
    public string Subscription { get; init; } = "";

    /// <summary>The payment that was made or given back; empty where there is none, as of what the operator gives.</summary>
    public string Payment { get; init; } = "";

    /// <summary>
    /// The account, by its reference; empty where it is not said. Of events that were taken before accounts had one it is the
    /// name that the account had: they have been linked.
    /// </summary>
    public string Account { get; init; } = "";

    /// <summary>What was paid for.</summary>
    public Plan Plan { get; init; }

    /// <summary>The end of what was paid for.</summary>
    public DateTimeOffset Ends { get; init; }
}
