using System.Text.Json;

namespace SpotifyCore.Backend.Billing.Webhooks;

/// <summary>An object of a provider's JSON, whose fields are what they have to be or the event is none.</summary>
internal readonly struct ProviderObject(JsonElement element)
{
    private const int MaxIdLength = 255;

    /// <summary>Whether a field is there and a text.</summary>
    public bool Has(string name) => Find(name) is { ValueKind: JsonValueKind.String };

    /// <summary>A text that names something.</summary>
    public string Id(string name) => Find(name) is { ValueKind: JsonValueKind.String } text
        && text.GetString() is { Length: > 0 and <= MaxIdLength } id
            ? id
            : throw Wrong(name);

    /// <summary>A time in Unix seconds.</summary>
    public DateTimeOffset Time(string name) => Find(name) is { ValueKind: JsonValueKind.Number } number
        && number.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw Wrong(name);

    /// <summary>A number; 0 where there is none.</summary>
    public long Number(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : 0;

    /// <summary>Whether something is said to be so.</summary>
    public bool Flag(string name) => Find(name) is { ValueKind: JsonValueKind.True };

    /// <summary>An object within this one.</summary>
    public ProviderObject Object(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Object } inner ? new ProviderObject(inner) : throw Wrong(name);

    /// <summary>Objects within this one.</summary>
    public IReadOnlyList<ProviderObject> List(string name) => Find(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(static inner => new ProviderObject(inner))]
        : throw Wrong(name);

    private JsonElement? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : null;

    private static WebhookException Wrong(string name) => new($"The event's '{name}' is missing, or not what it has to be.");
}
