using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Repair;

/// <summary>Checks the attributes of <see cref="ScrubOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class ScrubOptionsValidator : IValidateOptions<ScrubOptions>;
