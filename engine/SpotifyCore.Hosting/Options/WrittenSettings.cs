using Microsoft.Extensions.Configuration;

namespace SpotifyCore.Hosting.Options;

/// <summary>Settings of one source, each with the form in which a person wrote its name.</summary>
internal sealed class WrittenSettings : ConfigurationProvider, IConfigurationSource
{
    private readonly Dictionary<string, string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a setting; false when its key is there already.</summary>
    public bool TryAdd(string key, string value, string written)
    {
        if (!Data.TryAdd(key, value))
            return false;

        _written.Add(key, written);
        return true;
    }

    /// <summary>Removes a setting and returns its value, null when there is none.</summary>
    public string? Take(string key) => Data.Remove(key, out var value) ? value : null;

    /// <summary>A key as it was written.</summary>
    public string NameOf(string key) => _written.GetValueOrDefault(key, key);

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
