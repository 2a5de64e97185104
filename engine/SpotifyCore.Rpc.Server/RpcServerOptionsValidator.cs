using Microsoft.Extensions.Options;

namespace SpotifyCore.Rpc.Server;

[OptionsValidator]
internal sealed partial class RpcServerOptionsValidator : IValidateOptions<RpcServerOptions>;
