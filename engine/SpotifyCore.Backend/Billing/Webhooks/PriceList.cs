using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>Which plan each of a provider's prices pays for. Immutable.</summary>
internal sealed class PriceList(IEnumerable<string> prices)
{
    private readonly Dictionary<string, Plan> _plans = prices
        .Select(static price => TryParse(price, out var id, out var plan)
            ? KeyValuePair.Create(id, plan)
            : throw new ArgumentException($"'{price}' is no PRICE=PLAN.", nameof(prices)))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>Reads <c>PRICE=PLAN</c>; false when it is none, or the plan is none that is paid for.</summary>
    public static bool TryParse(string text, out string price, out Plan plan)
    {
        var equals = text.LastIndexOf('=');
        (price, plan) = (equals < 0 ? "" : text[..equals].Trim(), Plan.Free);
        var word = text[(equals + 1)..].Trim();
        if (word.Equals(nameof(Plan.Unlimited), StringComparison.OrdinalIgnoreCase))
            plan = Plan.Unlimited;
        else if (word.Equals(nameof(Plan.Premium), StringComparison.OrdinalIgnoreCase))
            plan = Plan.Premium;

        return price.Length > 0 && plan != Plan.Free;
    }

    /// <summary>What a price pays for; Free where it pays for none of the plans.</summary>
    public Plan Find(string price) => _plans.GetValueOrDefault(price);
}
