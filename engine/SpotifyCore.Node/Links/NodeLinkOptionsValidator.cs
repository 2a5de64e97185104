using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Links;

/// <summary>Checks the attributes of <see cref="NodeLinkOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class NodeLinkOptionsValidator : IValidateOptions<NodeLinkOptions>;
