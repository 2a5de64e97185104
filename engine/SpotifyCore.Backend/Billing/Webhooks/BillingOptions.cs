using System.ComponentModel;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>How the access point hears from a billing provider of what was paid for. Without an address it does not.</summary>
public sealed class BillingOptions
{
    /// <summary>
    /// Where the provider's events come in, <c>http://host:port</c> on loopback, behind what takes TLS; empty for nowhere.
    /// </summary>
    [Description(
        "Where a billing provider's events come in (POST /billing/webhook): http://127.0.0.1:PORT, behind a proxy with TLS.")]
    public string Listen { get; set; } = "";

    /// <summary>What the provider signs with: one secret, and while it is changed the former and the next one.</summary>
    [Description("What the provider signs them with; two while one takes the place of the other. For the settings file.")]
    public string[] Secrets { get; set; } = [];

    /// <summary>Which plan each of the provider's prices pays for, <c>PRICE=PLAN</c>.</summary>
    [Description("Which plan each of its prices pays for, each PRICE=unlimited or PRICE=premium.")]
    public string[] Prices { get; set; } = [];
}
