using Microsoft.Extensions.Options;
using SpotifyCore.Protocol.Transports;

namespace SpotifyCore.Node.Listening;

/// <summary>Checks the attributes of <see cref="TransportOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class TransportOptionsValidator : IValidateOptions<TransportOptions>;
