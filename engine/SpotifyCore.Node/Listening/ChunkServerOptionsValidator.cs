using Microsoft.Extensions.Options;
using SpotifyCore.Protocol.Serving;

namespace SpotifyCore.Node.Listening;

/// <summary>Checks the attributes of <see cref="ChunkServerOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ChunkServerOptionsValidator : IValidateOptions<ChunkServerOptions>;
