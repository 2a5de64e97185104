using Microsoft.Extensions.Options;

namespace SpotifyCore.Playback.Playing;

/// <summary>Refuses options out of range.</summary>
[OptionsValidator]
internal sealed partial class PlayerOptionsValidator : IValidateOptions<PlayerOptions>;
