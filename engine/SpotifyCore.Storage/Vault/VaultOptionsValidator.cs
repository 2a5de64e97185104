using Microsoft.Extensions.Options;

namespace SpotifyCore.Storage.Vault;

[OptionsValidator]
internal sealed partial class VaultOptionsValidator : IValidateOptions<VaultOptions>;
