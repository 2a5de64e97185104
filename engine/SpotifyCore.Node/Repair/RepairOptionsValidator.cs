using Microsoft.Extensions.Options;

namespace SpotifyCore.Node.Repair;

/// <summary>Checks the attributes of <see cref="RepairOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RepairOptionsValidator : IValidateOptions<RepairOptions>;
