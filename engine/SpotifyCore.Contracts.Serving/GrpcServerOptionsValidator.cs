using Microsoft.Extensions.Options;

namespace SpotifyCore.Contracts.Serving;

[OptionsValidator]
internal sealed partial class GrpcServerOptionsValidator : IValidateOptions<GrpcServerOptions>;
