using SpotifyCore.Simulator.Catalogue;
using SpotifyCore.Simulator.Listening;
using SpotifyCore.Simulator.Population;
var n = int.Parse(args[0]); var seed = ulong.Parse(args[1]);
var w = WorldModel.Of(n).Make(seed);
var m = w.Model;
var r = new Rehearsal(w.Catalogue, w.Clients, m, seed);
Console.WriteLine($"fam {m.Listening.Familiar:f3} C {m.Population.CacheTracks} plays/client {r.Plays/(double)n:f1} picks {r.Picks/(double)r.Plays:f3} early {r.EarlySkips/(double)r.Plays:f3} skips {r.Skips/(double)r.Plays:f3} hours {r.Seconds/3600/n:f2} online {r.OnlineByHour.Sum()/3600/n:f2} cached {r.CachedShare:f3} client12 {r.PlaysOfTop(.12):f3} net21 {r.MissesOfTop(.21):f3} copies/track {r.Copies/(double)m.Catalogue.Tracks:f0} skips/h {r.Skips/(r.Seconds/3600):f1}");
