using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Configuration;

/// <summary>Checks the attributes of <see cref="NodeOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class NodeOptionsValidator : IValidateOptions<NodeOptions>;
