using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing;

/// <summary>The plans that an account has at one time, of which the greatest counts.</summary>
/// <param name="Given">By the operator; null for none.</param>
/// <param name="Paid">By what is paid for; null for none.</param>
public sealed record PlansNow(HeldPlan? Given, HeldPlan? Paid)
{
    /// <summary>That which counts; null where the account is Free.</summary>
    public HeldPlan? InForce => Given is null || Paid?.Plan > Given.Plan ? Paid : Given;
}
