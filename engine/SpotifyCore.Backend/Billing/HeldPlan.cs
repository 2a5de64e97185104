using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing;

/// <summary>A plan that an account has.</summary>
/// <param name="Plan">Which.</param>
/// <param name="Ends">When what was given or paid for is over; null for never.</param>
public sealed record HeldPlan(Plan Plan, DateTimeOffset? Ends);
