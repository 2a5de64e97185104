using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Composition;

/// <summary>Checks the attributes of <see cref="StorageNodeOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StorageNodeOptionsValidator : IValidateOptions<StorageNodeOptions>;
