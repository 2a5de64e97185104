using Microsoft.Extensions.Options;

namespace SpotifyCore.Client;

/// <summary>Refuses options out of range.</summary>
[OptionsValidator]
public sealed partial class SpotifyClientOptionsValidator : IValidateOptions<SpotifyClientOptions>;
