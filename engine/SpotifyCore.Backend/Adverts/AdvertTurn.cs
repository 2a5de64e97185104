namespace SpotifyCore.Backend.Adverts;

/// <summary>Whether an account may have the key of a track now.</summary>
/// <param name="Due">The advert that comes before; null where the key may be given, which counts as listening then.</param>
/// <param name="HasAdverts">Whether the account hears any: then each play is to be asked for.</param>
internal readonly record struct AdvertTurn(AdvertBreak? Due, bool HasAdverts)
{
    /// <summary>There are none.</summary>
    public static readonly AdvertTurn None = new(null, HasAdverts: false);
}
