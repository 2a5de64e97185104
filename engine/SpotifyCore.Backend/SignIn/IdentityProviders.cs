using SpotifyCore.Backend.Configuration;

namespace SpotifyCore.Backend.SignIn;

/// <summary>The providers that the operator has set, by name. Safe for many threads.</summary>
internal sealed class IdentityProviders : IDisposable
{
    private readonly SortedDictionary<string, IdentityProvider> _byName = new(StringComparer.Ordinal);

    /// <summary>Takes the settings, which have been checked.</summary>
    public IdentityProviders(BackendOptions options, TimeProvider time)
    {
        foreach (var text in options.IdentityProviders)
        {
            if (ProviderSetting.TryParse(text, out var setting))
                _byName.Add(setting.Name, new IdentityProvider(setting, time));
        }
    }

    /// <summary>All, by name.</summary>
    public IEnumerable<ProviderSetting> List() => _byName.Values.Select(static provider => provider.Setting);

    /// <summary>The one of a name; null when there is none.</summary>
    public IdentityProvider? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What the provider of an issuer is called; null when there is none.</summary>
    public string? NameOf(string issuer) => List().FirstOrDefault(one => one.Issuer == issuer)?.Name;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var provider in _byName.Values)
            provider.Dispose();
    }
}
