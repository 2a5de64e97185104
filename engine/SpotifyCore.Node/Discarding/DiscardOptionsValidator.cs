using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Discarding;

/// <summary>Checks the attributes of <see cref="DiscardOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class DiscardOptionsValidator : IValidateOptions<DiscardOptions>;
