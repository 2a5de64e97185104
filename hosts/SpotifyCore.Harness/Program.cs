Console.WriteLine("spotifycore-harness");
return 0;
