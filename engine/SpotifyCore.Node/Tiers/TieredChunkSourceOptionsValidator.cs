using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Tiers;

/// <summary>Checks the attributes of <see cref="TieredChunkSourceOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TieredChunkSourceOptionsValidator : IValidateOptions<TieredChunkSourceOptions>;
