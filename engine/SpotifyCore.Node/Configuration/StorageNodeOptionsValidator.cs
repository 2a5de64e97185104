using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Configuration;

/// <summary>Checks the attributes of <see cref="StorageNodeOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StorageNodeOptionsValidator : IValidateOptions<StorageNodeOptions>;
