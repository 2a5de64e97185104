using Microsoft.Extensions.Options;

namespace SpotifyCore.Storage.Cache;

[OptionsValidator]
internal sealed partial class ChunkCacheOptionsValidator : IValidateOptions<ChunkCacheOptions>;
